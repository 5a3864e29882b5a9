# Run: gnuplot -d losses-problem-ring-6.gp
set terminal svg size 636,338 dynamic noenhanced rounded background '#ffffff' font 'sans-serif,12'
set encoding utf8
set output 'losses-problem-ring-6.svg'
set multiplot
unset key
set border 3 lc rgb '#888888'
set tics nomirror scale 0.5 textcolor rgb '#333333' font ',11'
set label 'losses: problem = ring, optimizer = tuned, loss = nonsaturating' at screen 0.018868, screen 0.94675 left font ',14' noenhanced
set arrow from screen 0.018868, screen 0.87574 to screen 0.056604, screen 0.87574 nohead lc rgb '#0072B2' lw 1.8 dt 1
set label 'critic_loss' at screen 0.066038, screen 0.87574 left font ',12' noenhanced
set arrow from screen 0.21686, screen 0.87574 to screen 0.25459, screen 0.87574 nohead lc rgb '#D55E00' lw 1.8 dt 1
set label 'generator_loss' at screen 0.26403, screen 0.87574 left font ',12' noenhanced
set grid lc rgb '#e4e4e4' lt 1
unset logscale x
set xrange [120:3000]
set xtics ('1000' 1000, '2000' 2000, '3000' 3000)
set lmargin at screen 0.097484
set rmargin at screen 0.97799
set tmargin at screen 0.76331
set bmargin at screen 0.14201
set title 'batch-norm' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [0.70952:1.3106]
set ytics ('0.8' 0.8, '1' 1, '1.2' 1.2)
set xlabel 'generator step' offset 0,0.4
set ylabel 'loss' offset 2.4,0 noenhanced
plot 'losses-problem-ring-6.dat' index 0 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-6.dat' index 1 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-6.dat' index 0 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-ring-6.dat' index 1 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
unset label
unset arrow
unset multiplot
set output
