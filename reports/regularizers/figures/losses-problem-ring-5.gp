# Run: gnuplot -d losses-problem-ring-5.gp
set terminal svg size 900,890 dynamic noenhanced rounded background '#ffffff' font 'sans-serif,12'
set encoding utf8
set output 'losses-problem-ring-5.svg'
set multiplot
unset key
set border 3 lc rgb '#888888'
set tics nomirror scale 0.5 textcolor rgb '#333333' font ',11'
set label 'losses: problem = ring, optimizer = tuned, loss = nonsaturating' at screen 0.013333, screen 0.97978 left font ',14' noenhanced
set arrow from screen 0.013333, screen 0.95281 to screen 0.04, screen 0.95281 nohead lc rgb '#0072B2' lw 1.8 dt 1
set label 'critic_loss' at screen 0.046667, screen 0.95281 left font ',12' noenhanced
set arrow from screen 0.15324, screen 0.95281 to screen 0.17991, screen 0.95281 nohead lc rgb '#D55E00' lw 1.8 dt 1
set label 'generator_loss' at screen 0.18658, screen 0.95281 left font ',12' noenhanced
set grid lc rgb '#e4e4e4' lt 1
unset logscale x
set xrange [120:3000]
set xtics ('1000' 1000, '2000' 2000, '3000' 3000)
set lmargin at screen 0.068889
set rmargin at screen 0.31778
set tmargin at screen 0.91011
set bmargin at screen 0.74157
set title 'none' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [0.68097:1.3932]
set ytics ('0.8' 0.8, '1' 1, '1.2' 1.2)
unset xlabel
set ylabel 'loss' offset 2.4,0 noenhanced
plot 'losses-problem-ring-5.dat' index 0 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-5.dat' index 1 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-5.dat' index 0 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-ring-5.dat' index 1 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
unset label
unset arrow
set lmargin at screen 0.40222
set rmargin at screen 0.65111
set tmargin at screen 0.91011
set bmargin at screen 0.74157
set title 'clipping' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [0.65304:1.4253]
set ytics ('0.8' 0.8, '1' 1, '1.2' 1.2, '1.4' 1.4)
unset xlabel
unset ylabel
plot 'losses-problem-ring-5.dat' index 2 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-5.dat' index 3 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-5.dat' index 2 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-ring-5.dat' index 3 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.73556
set rmargin at screen 0.98444
set tmargin at screen 0.91011
set bmargin at screen 0.74157
set title 'wgan-gp' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [0.67169:1.4041]
set ytics ('0.8' 0.8, '1' 1, '1.2' 1.2, '1.4' 1.4)
unset xlabel
unset ylabel
plot 'losses-problem-ring-5.dat' index 4 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-5.dat' index 5 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-5.dat' index 4 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-ring-5.dat' index 5 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.068889
set rmargin at screen 0.31778
set tmargin at screen 0.6809
set bmargin at screen 0.51236
set title 'lp' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [0.66962:1.3982]
set ytics ('0.8' 0.8, '1' 1, '1.2' 1.2)
unset xlabel
set ylabel 'loss' offset 2.4,0 noenhanced
plot 'losses-problem-ring-5.dat' index 6 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-5.dat' index 7 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-5.dat' index 6 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-ring-5.dat' index 7 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.40222
set rmargin at screen 0.65111
set tmargin at screen 0.6809
set bmargin at screen 0.51236
set title 'r1 weight=0.1' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [0.65818:1.4144]
set ytics ('0.8' 0.8, '1' 1, '1.2' 1.2, '1.4' 1.4)
unset xlabel
unset ylabel
plot 'losses-problem-ring-5.dat' index 8 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-5.dat' index 9 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-5.dat' index 8 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-ring-5.dat' index 9 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.73556
set rmargin at screen 0.98444
set tmargin at screen 0.6809
set bmargin at screen 0.51236
set title 'r1 weight=1' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [0.65286:1.4249]
set ytics ('0.8' 0.8, '1' 1, '1.2' 1.2, '1.4' 1.4)
unset xlabel
unset ylabel
plot 'losses-problem-ring-5.dat' index 10 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-5.dat' index 11 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-5.dat' index 10 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-ring-5.dat' index 11 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.068889
set rmargin at screen 0.31778
set tmargin at screen 0.45169
set bmargin at screen 0.28315
set title 'r2' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [0.65736:1.4173]
set ytics ('0.8' 0.8, '1' 1, '1.2' 1.2, '1.4' 1.4)
unset xlabel
set ylabel 'loss' offset 2.4,0 noenhanced
plot 'losses-problem-ring-5.dat' index 12 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-5.dat' index 13 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-5.dat' index 12 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-ring-5.dat' index 13 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.40222
set rmargin at screen 0.65111
set tmargin at screen 0.45169
set bmargin at screen 0.28315
set title 'dragan' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [0.6746:1.3944]
set ytics ('0.8' 0.8, '1' 1, '1.2' 1.2)
unset xlabel
unset ylabel
plot 'losses-problem-ring-5.dat' index 14 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-5.dat' index 15 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-5.dat' index 14 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-ring-5.dat' index 15 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.73556
set rmargin at screen 0.98444
set tmargin at screen 0.45169
set bmargin at screen 0.28315
set title 'zero-gp' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [0.65473:1.4217]
set ytics ('0.8' 0.8, '1' 1, '1.2' 1.2, '1.4' 1.4)
unset xlabel
unset ylabel
plot 'losses-problem-ring-5.dat' index 16 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-5.dat' index 17 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-5.dat' index 16 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-ring-5.dat' index 17 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.068889
set rmargin at screen 0.31778
set tmargin at screen 0.22247
set bmargin at screen 0.053933
set title 'spectral' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [0.65257:1.4259]
set ytics ('0.8' 0.8, '1' 1, '1.2' 1.2, '1.4' 1.4)
set xlabel 'generator step' offset 0,0.4
set ylabel 'loss' offset 2.4,0 noenhanced
plot 'losses-problem-ring-5.dat' index 18 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-5.dat' index 19 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-5.dat' index 18 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-ring-5.dat' index 19 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.40222
set rmargin at screen 0.65111
set tmargin at screen 0.22247
set bmargin at screen 0.053933
set title 'smoothing' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [0.79128:1.3831]
set ytics ('0.8' 0.8, '1' 1, '1.2' 1.2)
set xlabel 'generator step' offset 0,0.4
unset ylabel
plot 'losses-problem-ring-5.dat' index 20 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-5.dat' index 21 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-5.dat' index 20 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-ring-5.dat' index 21 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
set lmargin at screen 0.73556
set rmargin at screen 0.98444
set tmargin at screen 0.22247
set bmargin at screen 0.053933
set title 'dropout' font ',12' offset 0,-0.7 noenhanced
unset logscale y
set yrange [0.65105:1.5022]
set ytics ('0.8' 0.8, '1' 1, '1.2' 1.2, '1.4' 1.4)
set xlabel 'generator step' offset 0,0.4
unset ylabel
plot 'losses-problem-ring-5.dat' index 22 using 1:3:4 with filledcurves fc rgb '#0072B2' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-5.dat' index 23 using 1:3:4 with filledcurves fc rgb '#D55E00' fs transparent solid 0.18 noborder notitle, \
  'losses-problem-ring-5.dat' index 22 using 1:2 with lines lc rgb '#0072B2' lw 1.8 dt 1 notitle, \
  'losses-problem-ring-5.dat' index 23 using 1:2 with lines lc rgb '#D55E00' lw 1.8 dt 1 notitle
unset multiplot
set output
