# Run: gnuplot -d losses.gp
set terminal svg size 900,602 dynamic noenhanced rounded background '#ffffff' font 'sans-serif,12'
set encoding utf8
set output 'losses.svg'
set multiplot
unset key
set border 3 lc rgb '#888888'
set tics nomirror scale 0.5 textcolor rgb '#333333' font ',11'
set label 'losses: All arms' at screen 0.013333, screen 0.9701 left font ',14' noenhanced
set arrow from screen 0.013333, screen 0.93023 to screen 0.04, screen 0.93023 nohead lc rgb '#0072B2' lw 1.8 dt 1
set label 'critic_loss' at screen 0.046667, screen 0.93023 left font ',12' noenhanced
set arrow from screen 0.15324, screen 0.93023 to screen 0.17991, screen 0.93023 nohead lc rgb '#D55E00' lw 1.8 dt 1
set label 'generator_loss' at screen 0.18658, screen 0.93023 left font ',12' noenhanced
set grid lc rgb '#e4e4e4' lt 1
unset logscale x
set xrange [160:4000]
set xtics ('1000' 1000, '2000' 2000, '3000' 3000, '4000' 4000)
set lmargin at screen 0.068889
set rmargin at screen 0.48444
set tmargin at screen 0.86711
set bmargin at screen 0.51827
set title 'paper' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [-0.13534:4.2984]
set ytics ('0' 0, '1' 1, '2' 2, '3' 3, '4' 4)
unset xlabel
set ylabel 'loss' offset 2.4,0 noenhanced
plot 'losses.dat' index 0 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses.dat' index 1 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses.dat' index 0 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses.dat' index 1 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
unset label
unset arrow
set lmargin at screen 0.56889
set rmargin at screen 0.98444
set tmargin at screen 0.86711
set bmargin at screen 0.51827
set title 'spectral' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [0.37857:1.6381]
set ytics ('0.5' 0.5, '1' 1, '1.5' 1.5)
unset xlabel
unset ylabel
plot 'losses.dat' index 2 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses.dat' index 3 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses.dat' index 2 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses.dat' index 3 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.068889
set rmargin at screen 0.48444
set tmargin at screen 0.42857
set bmargin at screen 0.079734
set title 'smoothing' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [0.18421:4.3505]
set ytics ('1' 1, '2' 2, '3' 3, '4' 4)
set xlabel 'generator step' offset 0,0.4
set ylabel 'loss' offset 2.4,0 noenhanced
plot 'losses.dat' index 4 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses.dat' index 5 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses.dat' index 4 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses.dat' index 5 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.56889
set rmargin at screen 0.98444
set tmargin at screen 0.42857
set bmargin at screen 0.079734
set title 'average' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [-0.13534:4.2984]
set ytics ('0' 0, '1' 1, '2' 2, '3' 3, '4' 4)
set xlabel 'generator step' offset 0,0.4
unset ylabel
plot 'losses.dat' index 6 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses.dat' index 7 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses.dat' index 6 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses.dat' index 7 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
unset multiplot
set output
